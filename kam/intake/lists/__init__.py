"""A matched table -> checked customers: values, problems by repair, and who is who."""
