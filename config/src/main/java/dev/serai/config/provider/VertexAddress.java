package dev.serai.config.provider;

import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds the base address of Vertex AI from the variables that its own clients and LiteLLM read: a
 * project and a location. The provider is on only if both are set.
 */
final class VertexAddress {
  private static final List<String> PROJECT =
      List.of("VERTEX_PROJECT", "VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT");
  private static final List<String> LOCATION =
      List.of("VERTEX_LOCATION", "VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION");

  private static final List<String> CREDENTIALS =
      List.of("VERTEX_CREDENTIALS", "VERTEXAI_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS");

  /** The variables of each part of the address and of the credentials, in order. */
  static final List<List<String>> ALTERNATIVES = List.of(PROJECT, LOCATION, CREDENTIALS);

  /** All variables of the provider but that of its address. */
  static final List<String> VARIABLES =
      Stream.of(PROJECT, LOCATION, CREDENTIALS, List.of("GCE_METADATA_HOST"))
          .flatMap(List::stream)
          .toList();

  /** A project's ID, which may have a domain, or its number. */
  private static final Pattern PROJECT_ID = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,62}");

  private static final Pattern LOCATION_ID = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final String PROJECTS = "/projects/";

  private final Map<String, String> environment;
  private final String project;
  private final String location;

  VertexAddress(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    Optional<String> projectName = set(environment, PROJECT);
    Optional<String> locationName = set(environment, LOCATION);
    project = projectName.map(name -> value(environment, name)).orElse("");
    location = locationName.map(name -> value(environment, name)).orElse("");
    // One alone may be set for another program.
    if (missing().isEmpty()) {
      check(projectName, PROJECT_ID.matcher(project).matches(), problems);
      check(locationName, LOCATION_ID.matcher(location).matches(), problems);
    }
  }

  private static Optional<String> set(Map<String, String> environment, List<String> names) {
    return names.stream().filter(name -> !value(environment, name).isEmpty()).findFirst();
  }

  private static String value(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private static void check(Optional<String> name, boolean valid, Problems problems) {
    if (!valid) {
      problems.add(Place.variable(name.orElseThrow()), "must be an ID: a-z, 0-9 and '-'");
    }
  }

  /** Says which variables are not set; empty if the address is complete. */
  Optional<String> missing() {
    if (project.isEmpty() && location.isEmpty()) {
      return Optional.of(PROJECT.getFirst() + " and " + LOCATION.getFirst() + " are not set");
    }
    if (project.isEmpty()) {
      return Optional.of(KnownProvider.unset(PROJECT.getFirst(), environment));
    }
    return location.isEmpty()
        ? Optional.of(KnownProvider.unset(LOCATION.getFirst(), environment))
        : Optional.empty();
  }

  /** Why the provider is on if project and location come from variables. */
  String why(Map<String, String> environment) {
    String names =
        set(environment, PROJECT).orElseThrow()
            + " and "
            + set(environment, LOCATION).orElseThrow();
    String credentials = set(environment, CREDENTIALS).orElse("gcloud's login or the machine");
    return names + " are set; credentials from " + credentials;
  }

  /** The variable with credentials that names a file which is not there. */
  static Optional<String> missingFile(Map<String, String> environment) {
    return set(environment, CREDENTIALS).filter(name -> !isThere(value(environment, name)));
  }

  private static boolean isThere(String credentials) {
    try {
      return credentials.startsWith("{") || Files.exists(Path.of(credentials));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a variable that no other program has is set. */
  static Optional<String> askedFor(Map<String, String> environment) {
    return Stream.of(PROJECT, LOCATION)
        .flatMap(List::stream)
        .filter(name -> name.startsWith("VERTEX"))
        .filter(name -> !value(environment, name).isEmpty())
        .findFirst();
  }

  /**
   * The base address.
   *
   * @param host an address to use instead of Google's; one that names a project is complete
   */
  Optional<String> baseUrl(Optional<String> host) {
    if (host.filter(url -> url.contains(PROJECTS)).isPresent() || missing().isPresent()) {
      return host.filter(url -> url.contains(PROJECTS));
    }
    String bare = host.orElseGet(() -> "https://" + host(location));
    while (bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    String version = bare.endsWith("/v1") || bare.endsWith("/v1beta1") ? "" : "/v1";
    return Optional.of(bare + version + PROJECTS + project + "/locations/" + location);
  }

  /** The host of a region, of a multi-region, or of the global endpoint. */
  private static String host(String location) {
    return switch (location) {
      case "global" -> "aiplatform.googleapis.com";
      case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
      default -> location + "-aiplatform.googleapis.com";
    };
  }
}
