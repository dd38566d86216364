package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.dialect.Dialect.Target;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;

/** What is asked of the control plane: with a key, or still to be signed. */
final class ModelRequests {
  private ModelRequests() {}

  static ProviderRequest get(String path, Target target) {
    HeaderFields headers = new HeaderFields();
    target.key().ifPresent(key -> headers.add("authorization", "Bearer " + key));
    return ModelList.request(path, headers);
  }
}
