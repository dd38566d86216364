package dev.serai.adapters.bedrock;

import dev.serai.adapters.translation.ModelNames;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.port.Dialect.Target;

/** What is asked of the control plane: with a key, or still to be signed. */
final class ModelRequests {
  private ModelRequests() {}

  static ProviderRequest get(String path, Target target) {
    HeaderFields headers = new HeaderFields();
    target.key().ifPresent(key -> headers.add("authorization", "Bearer " + key));
    return ModelNames.request(path, headers);
  }
}
