"""The GraphQL edge: types, resolvers, limits and the two transports."""
