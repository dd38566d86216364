package dev.serai.adapters.dialects.openaiapi;

import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.HeaderFields;
import java.util.List;

/** Makes the header fields of requests to providers of OpenAI's APIs. Stateless. */
public final class RequestHeaders {
  /** What a client of OpenAI sets by header: betas, and the account that a key is used for. */
  public static final List<String> OF_CLIENTS =
      List.of("openai-beta", "openai-organization", "openai-project");

  private RequestHeaders() {}

  /** The fields of a request with a JSON body, with the provider's key. */
  public static HeaderFields of(Destination destination, boolean streaming) {
    return withKey(JsonHeaders.of(streaming), destination);
  }

  /** Adds the provider's key, in the field that the provider reads. */
  public static HeaderFields withKey(HeaderFields headers, Destination destination) {
    if (Quirk.API_KEY_HEADER.of(destination)) {
      destination.key().ifPresent(key -> headers.add("api-key", key));
      return headers;
    }
    return JsonHeaders.withBearer(headers, destination);
  }
}
