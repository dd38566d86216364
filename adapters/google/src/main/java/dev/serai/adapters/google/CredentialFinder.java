package dev.serai.adapters.google;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the credentials of the gateway, in the order of Google's own clients: a variable, the login
 * of gcloud, the metadata server. Files are read anew each time, so that a replaced key is used
 * without a restart. Reads files, and must not run on an event loop. Thread-safe.
 */
final class CredentialFinder {
  /** Variables with the JSON of credentials, or with the path of a file that holds it. */
  private static final List<String> VARIABLES =
      List.of("VERTEX_CREDENTIALS", "VERTEXAI_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS");

  private static final long MAX_BYTES = 65_536;
  private static final String GCLOUD_FILE = "application_default_credentials.json";

  private final Function<String, Optional<String>> variables;

  /**
   * @param variables the whole value of a variable
   */
  CredentialFinder(Function<String, Optional<String>> variables) {
    this.variables = variables;
  }

  /**
   * The credentials.
   *
   * @throws NoTokenException if those that are configured cannot be used
   */
  AccessTokenSource find() {
    for (String variable : VARIABLES) {
      Optional<String> value = variables.apply(variable).filter(text -> !text.isBlank());
      if (value.isPresent()) {
        return source(variable, value.get().strip());
      }
    }
    return gcloud()
        .map(file -> source("gcloud's " + GCLOUD_FILE, file.toString()))
        .orElseGet(
            () ->
                new MetadataServer(
                    variables.apply(MetadataServer.VARIABLE).orElse(MetadataServer.HOST)));
  }

  private static AccessTokenSource source(String variable, String value) {
    String text = value.startsWith("{") ? value : read(variable, value);
    CredentialJson json = CredentialJson.parse(variable, text);
    String type = json.text("type", "");
    return switch (type) {
      case "service_account" -> new ServiceAccountKey(json);
      case "authorized_user" -> new UserCredentials(json);
      case "external_account" ->
          throw NoTokenException.of(
              "workload identity federation (external_account in "
                  + variable
                  + ") is not supported; use a service account key or the metadata server");
      default ->
          throw NoTokenException.of(
              "the type of the credentials in "
                  + variable
                  + " must be service_account or authorized_user");
    };
  }

  private static String read(String variable, String path) {
    try {
      Path file = Path.of(path);
      if (!Files.isRegularFile(file)) {
        throw NoTokenException.of("the file that " + variable + " names does not exist");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw NoTokenException.of(
            "the file that " + variable + " names has more than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (IOException | InvalidPathException e) {
      // The message would quote the value, which may be a key by mistake.
      String reason =
          e instanceof AccessDeniedException
              ? "this user may not read it"
              : "it is neither a path nor the text of credentials";
      throw NoTokenException.of("the file that " + variable + " names cannot be read", reason);
    }
  }

  /** The file of gcloud's login, if there is one. */
  private Optional<Path> gcloud() {
    Optional<Path> folder =
        variables
            .apply("CLOUDSDK_CONFIG")
            .map(Path::of)
            .or(() -> variables.apply("HOME").map(home -> Path.of(home, ".config", "gcloud")));
    return folder.map(found -> found.resolve(GCLOUD_FILE)).filter(Files::isRegularFile);
  }
}
