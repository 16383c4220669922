"""The object types, each made from the rows and values of the services."""
