package dev.serai.adapters.dialects.openai.relay;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/** The handshake of a realtime session. Its model is in the query, and it has no body. */
record RealtimeRequest(String model, Optional<String> provider, String path, boolean beta)
    implements RelayRequest {
  @Override
  public Operation operation() {
    return Operation.REALTIME;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public boolean streaming() {
    return true;
  }

  @Override
  public String dialect() {
    return "openai";
  }

  /** The key that the client sent is not the provider's, however it was sent. */
  @Override
  public HeaderFields headers() {
    HeaderFields fields = new HeaderFields();
    return beta ? fields.add("openai-beta", "realtime=v1") : fields;
  }

  @Override
  public byte[] bytes() {
    return new byte[0];
  }

  @Override
  public byte[] bytesFor(String name) {
    return new byte[0];
  }
}
