package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * What carries the requests of an {@link EdgeConnection} and the replies to them: a connection of
 * HTTP/1.1, or one stream of an HTTP/2 connection. Used on its event loop only.
 */
interface Transport {
  /** The socket of the client. */
  Channel socket();

  /** It has opened; false if it exceeds a limit. */
  boolean opened(EdgeConnection connection);

  /** The transport has closed, by either side. */
  void closed(EdgeConnection connection);

  /** Asks a client that waits for that to send the body. */
  void askForBody();

  /** Writes a whole reply, without a flush. */
  void write(RequestHead request, Reply.Complete reply, boolean close);

  /** Writes the head of a streamed reply, without a flush. */
  void begin(RequestHead request, Reply.Streaming reply, boolean close);

  /** Whether the pieces of a streamed reply are framed as chunks. */
  boolean sendsChunks(RequestHead request);

  /**
   * Ends it once everything has been written.
   *
   * @param complete whether the last reply is
   * @param sends whether the client may still be sending a body
   */
  void end(boolean complete, boolean sends);

  /** As {@link #end}, after the refusal of a request of which more may arrive. */
  void endRefused();

  /** Closes at once, also in the middle of a request; what has not been sent is discarded. */
  void abort();

  /**
   * The client has ended its side of the connection, and may still read.
   *
   * @param cutShort the body of the request, if it has not arrived as a whole
   */
  void watchHalfClosed(EdgeConnection connection, Optional<RequestBody> cutShort);

  /** Whether the client has ended its side of the connection. */
  boolean isHalfClosed();

  /** Whether the client has read nothing of what is queued for it for too long. */
  boolean isStalled(StallCheck check, long now);
}
