package dev.serai.adapters.google;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.net.BaseUrl;
import java.time.Instant;

/**
 * The metadata server of a machine of Google Cloud, which has tokens of the machine's service
 * account ("Compute Engine: authenticate workloads by service accounts"). Immutable.
 *
 * @param host with a port if it is not 80
 */
record MetadataServer(String host) implements AccessTokenSource {
  static final String HOST = "metadata.google.internal";

  /** The variable that names another host. */
  static final String VARIABLE = "GCE_METADATA_HOST";

  private static final String PATH =
      "/computeMetadata/v1/instance/service-accounts/default/token?scopes="
          + PercentEncoding.encode(SCOPE, "");

  MetadataServer {
    try {
      BaseUrl.parse("http://" + host);
    } catch (IllegalArgumentException e) {
      throw NoTokenException.of(VARIABLE + " is not a valid host");
    }
  }

  @Override
  public TokenRequest request(Instant now) {
    HeaderFields headers =
        new HeaderFields().add("metadata-flavor", "Google").add("accept", "application/json");
    return new TokenRequest("http://" + host, ProviderRequest.get(PATH, headers));
  }

  @Override
  public String label() {
    return "this machine (no credentials variable is set)";
  }

  @Override
  public String server() {
    return "the metadata server";
  }

  @Override
  public String noReply() {
    return "no credentials variable is set and the metadata server did not reply";
  }
}
