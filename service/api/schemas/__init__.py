"""What goes over the wire: marshmallow schemas, and nothing else knows them."""
