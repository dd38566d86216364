package dev.serai.gateway.edge;

import java.io.IOException;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;

/** A socket that listens; one that cannot says at which address. Thread-safe as its super class. */
final class ListeningSocket extends HttpServerBootstrapFactory {
  private final String address;

  ListeningSocket(RouteTable routes, String address) {
    super(routes);
    this.address = address;
  }

  @Override
  protected void doStart() throws Exception {
    try {
      super.doStart();
    } catch (IOException e) {
      throw new IOException(EdgeComponent.CANNOT_LISTEN + address, e);
    }
  }
}
