"""`python -m service.cli`, which is what bin/kawal runs."""

from service.cli.root import kawal

if __name__ == "__main__":
    kawal(prog_name="kawal")
