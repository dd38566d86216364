package dev.serai.core.surface;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.form.FormScanner;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/** Reads requests that are relayed without translation. Pure and thread-safe. */
public interface RelaySurface {
  /**
   * Reads what routing needs of a request.
   *
   * @throws GatewayProblem 400 if its body is not what its type says, 415 if that type is not one
   *     in which a model's name can be found
   */
  RelayRequest readRequest(InboundRequest inbound);

  /**
   * Finds in a form, while it arrives, what routing needs of it. Once that is there, the rest is
   * read from the client only as fast as the provider takes it.
   *
   * @return empty if the body of such a request is not a form, or is needed as a whole
   */
  Optional<FormScanner> scanner(String path, String contentType);
}
