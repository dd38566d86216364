package dev.serai.gateway.edge.http2;

/** The event of a connection whose client has chosen another protocol than HTTP/1.1. */
public enum ChosenProtocol {
  HTTP2
}
