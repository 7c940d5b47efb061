"""What leaves kawal as a file for people: tables that a spreadsheet opens."""
