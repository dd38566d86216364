package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;

/** Makes requests to the control plane, with a key or to be signed. */
final class ModelListRequests {
  private ModelListRequests() {}

  static ProviderRequest get(String path, Destination destination) {
    return ModelList.request(path, JsonHeaders.withBearer(new HeaderFields(), destination));
  }
}
