"""Order lines -> measures by customer, exact to the cent, by a database in memory."""
