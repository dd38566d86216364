package dev.serai.config.provider;

import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the base address of Azure OpenAI from the variables that its own clients read: the
 * endpoint of the resource, and an {@code api-version} for the dated API, which has the deployment
 * in the path. Without a version the address is that of the API {@code /openai/v1}.
 */
final class AzureAddress {
  /** The provider's name. */
  static final String PROVIDER = "azure";

  /** The variables of the version, in order. */
  static final List<String> VERSIONS = List.of("AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION");

  private static final String V1 = "/openai/v1";
  private static final String DATED = "/openai";

  private final Optional<String> version;

  AzureAddress(Map<String, String> environment, Problems problems) {
    version = version(environment, problems);
  }

  /** The base address for an endpoint; a path that the endpoint already has is left as it is. */
  String baseUrl(String endpoint) {
    String bare = endpoint;
    while (bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    String path = version.isPresent() ? DATED : V1;
    return bare.endsWith(V1) || bare.endsWith(path) ? bare : bare + path;
  }

  /** The flag that puts the deployment and the version into the path. */
  List<String> quirks() {
    return version.map(date -> List.of("api-version-" + date)).orElse(List.of());
  }

  private static Optional<String> version(Map<String, String> environment, Problems problems) {
    for (String name : VERSIONS) {
      String text = environment.getOrDefault(name, "").strip();
      if (text.isEmpty()) {
        continue;
      }
      if (text.length() <= 32 && text.chars().allMatch(AzureAddress::isPlain)) {
        return Optional.of(text);
      }
      problems.add(Place.variable(name), "must be a version such as 2024-10-21");
    }
    return Optional.empty();
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
  }
}
