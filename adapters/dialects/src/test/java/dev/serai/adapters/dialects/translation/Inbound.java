package dev.serai.adapters.dialects.translation;

import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import java.nio.charset.StandardCharsets;

/** Requests as the edge hands them on. */
public final class Inbound {
  private Inbound() {}

  /** A POST of that body. */
  public static InboundRequest post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A POST of that body. */
  public static InboundRequest post(String path, byte[] body) {
    return new InboundRequest("POST", path, "", Headers.NONE, body);
  }
}
