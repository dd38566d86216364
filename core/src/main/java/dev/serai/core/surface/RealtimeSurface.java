package dev.serai.core.surface;

import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/** What clients of realtime sessions speak over a WebSocket. Pure and thread-safe. */
public interface RealtimeSurface {
  /** The type of an event is within so many bytes at its beginning. */
  int TYPE_WITHIN = 512;

  /**
   * Reads what routing needs of a handshake.
   *
   * @throws GatewayProblem 400 if it names no model
   */
  RelayRequest readRequest(InboundRequest inbound);

  /** The subprotocol to accept among those that the client offers. */
  Optional<String> subprotocol(Headers client);

  /**
   * Whether an event of the client may name the model.
   *
   * @param beginning at least {@link #TYPE_WITHIN} bytes of it
   */
  boolean mayNameModel(byte[] beginning);

  /**
   * An event of the client as the provider must get it: with the provider's name of the model where
   * the event names the one that the client asked for.
   *
   * @return the same array if nothing is to be changed
   */
  byte[] withModel(byte[] event, String asked, String model);

  /** A failure as an event of the realtime session. */
  byte[] writeErrorEvent(GatewayProblem problem);
}
