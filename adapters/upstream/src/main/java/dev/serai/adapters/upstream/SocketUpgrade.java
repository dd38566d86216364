package dev.serai.adapters.upstream;

import dev.serai.adapters.netty.websocket.Handshake;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a WebSocket on an HTTP/1.1 connection (RFC 6455, section 4.1): writes
 * it, checks the answer, and then turns the connection into one of frames. Confined to the event
 * loop of the connection.
 */
final class SocketUpgrade {
  private final String key = NetworkResources.newSocketKey();
  private final Upstream upstream;
  private @Nullable Headers accepted;

  SocketUpgrade(Upstream upstream) {
    this.upstream = upstream;
  }

  ByteBuf encode(ProviderRequest request, Channel channel) {
    return upstream.requestEncoder().webSocket(request, key, channel.alloc());
  }

  /** Whether the head of a reply with status 101 accepts the handshake. */
  boolean accepts(HttpResponse head) {
    if (!Handshake.accept(key).equals(head.headers().get("sec-websocket-accept"))) {
      return false;
    }
    accepted = new Http1Headers(head.headers());
    return true;
  }

  boolean isAccepted() {
    return accepted != null;
  }

  /** What follows on the connection are frames. */
  void complete(UpstreamCall call, Channel channel, ReplyDecoder decoder, ChannelHandler http) {
    SilenceTimer timer = SilenceTimer.of(upstream, call.request());
    UpstreamSocket socket = UpstreamSocket.on(channel, decoder, timer);
    channel.pipeline().remove(decoder).remove(http);
    call.onUpgraded(accepted == null ? Headers.NONE : accepted, socket);
  }
}
