"""Their columns -> our fields: by name, by alias, by what stands in the cells; and their units."""
