package dev.serai.adapters.dialects.openaiapi;

import dev.serai.core.dialect.Destination;
import dev.serai.core.http.HeaderFields;
import java.util.List;

/** Makes the header fields of requests to providers of OpenAI's APIs. */
public final class RequestHeaders {
  /** What a client of OpenAI sets by header: betas, and the account that a key is used for. */
  public static final List<String> OF_CLIENTS =
      List.of("openai-beta", "openai-organization", "openai-project");

  private RequestHeaders() {}

  /** The fields of a request with a JSON body, with the provider's key. */
  public static HeaderFields of(Destination destination, boolean streaming) {
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("accept", streaming ? "text/event-stream" : "application/json");
    return withKey(headers, destination);
  }

  /** Adds the provider's key, in the field that the provider reads. */
  public static HeaderFields withKey(HeaderFields headers, Destination destination) {
    if (destination.key().isPresent()) {
      String key = destination.key().get();
      if (Quirk.API_KEY_HEADER.of(destination)) {
        headers.add("api-key", key);
      } else {
        headers.add("authorization", "Bearer " + key);
      }
    }
    return headers;
  }
}
