package dev.serai.gateway.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A route of the shipped folder that HTTP requests enter.
 *
 * @param prefix whether what lies below the path is served too
 * @param permission that it declares; empty without one
 * @param credentials where it accepts a credential in addition; empty for header fields only
 */
record PublicRoute(
    String path, List<String> methods, boolean prefix, String permission, String credentials) {
  /** The permission of routes that need no API key. */
  static final String OPEN = "open";

  private static final Path ROUTES = Path.of(System.getProperty("serai.checkout", ".."), "routes");

  /** Pages for a browser, not part of the HTTP interface that is described. */
  private static final List<String> PAGES = List.of("console.camel.yaml", "login.camel.yaml");

  private static final String HTTP = "netty-http:";
  private static final String WEB_SOCKET = "websocket-netty:";

  boolean serves(String asked) {
    return asked.equals(path) || (prefix && asked.startsWith(path + "/"));
  }

  /** The routes of the HTTP interface, without those that only a setting loads. */
  static List<PublicRoute> all() throws IOException {
    return all(false);
  }

  /** The routes of the HTTP interface, and those of the console and the login if asked for. */
  static List<PublicRoute> all(boolean pages) throws IOException {
    List<PublicRoute> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROUTES)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (file.toString().endsWith(".camel.yaml")
            && (pages || !PAGES.contains(file.getFileName().toString()))) {
          Load yaml = new Load(LoadSettings.builder().setLabel(file.toString()).build());
          collect(yaml.loadFromString(Files.readString(file)), found);
        }
      }
    }
    return found;
  }

  private static void collect(Object document, List<PublicRoute> found) {
    for (Object entry : (List<?>) document) {
      if (map(entry).get("route") instanceof Map<?, ?> route) {
        Map<?, ?> from = map(route.get("from"));
        String uri = String.valueOf(from.get("uri"));
        if (uri.startsWith(HTTP) || uri.startsWith(WEB_SOCKET)) {
          found.add(read(uri, map(from.get("parameters"))));
        }
      }
    }
  }

  private static PublicRoute read(String uri, Map<?, ?> parameters) {
    String path = uri.substring(uri.indexOf('/', uri.indexOf("://") + 3));
    String methods =
        uri.startsWith(WEB_SOCKET) ? "GET" : String.valueOf(parameters.get("httpMethodRestrict"));
    boolean prefix = "true".equals(String.valueOf(parameters.get("matchOnUriPrefix")));
    Object permission = parameters.get("permission");
    return new PublicRoute(
        path,
        List.of(methods.split(", *")),
        prefix,
        permission == null ? "" : permission.toString(),
        String.valueOf(parameters.containsKey("credentials") ? parameters.get("credentials") : ""));
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
