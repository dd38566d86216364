package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs Camel's own {@code netty-http} with its defaults on a free port of the loopback. */
final class StockUnderTest implements AutoCloseable {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final ChannelGroup channels =
      new DefaultChannelGroup("stock", ImmediateEventExecutor.INSTANCE);

  StockUnderTest() {
    context.getRegistry().bind("channels", channels); // that the port can be asked for
    context.disableJMX();
  }

  /** A route at a path, with options as in a URI's query. */
  StockUnderTest route(String path, String options, Processor step) throws Exception {
    return routes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri(path) + (options.isEmpty() ? "" : "&" + options)).process(step);
          }
        });
  }

  StockUnderTest routes(RouteBuilder routes) throws Exception {
    context.addRoutes(routes);
    return this;
  }

  static String uri(String path) {
    return "netty-http:http://127.0.0.1:0" + path + "?channelGroup=#channels";
  }

  StockUnderTest start() {
    context.start();
    return this;
  }

  RawClient connect() throws IOException {
    Channel listening = channels.iterator().next();
    return new RawClient(((InetSocketAddress) listening.localAddress()).getPort());
  }

  @Override
  public void close() throws IOException {
    context.close();
  }
}
