package dev.serai.config;

import dev.serai.config.read.Node;
import dev.serai.config.read.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes the configuration of another gateway by its top-level keys. */
final class OtherGatewayFile {
  /**
   * A program and the keys that show its configuration.
   *
   * @param sure one of these is enough
   * @param page what to read
   */
  private record Program(String name, Set<String> sure, String page) {}

  private static final String SETTINGS = "docs/settings.md";
  private static final String MIGRATION = "docs/migrating-from-litellm.md";
  private static final Set<String> LITELLM =
      Set.of(
          "model_list",
          "litellm_settings",
          "router_settings",
          "general_settings",
          "environment_variables");
  private static final Pattern TOP = Pattern.compile("^(\\w+)\\s*:", Pattern.MULTILINE);

  /** What LiteLLM's documentation names its configuration. */
  static final List<String> NAMES_OF_LITELLM =
      List.of(
          "config.yaml",
          "litellm_config.yaml",
          "litellm-config.yaml",
          "litellm.yaml",
          "proxy_config.yaml",
          "proxy_server_config.yaml");

  private static final List<Program> PROGRAMS =
      List.of(
          new Program("LiteLLM", LITELLM, MIGRATION),
          new Program(
              "Bifrost",
              Set.of("config_store", "logs_store", "vector_store", "governance", "encryption_key"),
              SETTINGS),
          new Program(
              "agentgateway",
              Set.of("binds", "frontendPolicies", "workloads", "routeGroups"),
              SETTINGS),
          new Program(
              "Envoy",
              Set.of("static_resources", "dynamic_resources", "layered_runtime"),
              SETTINGS),
          new Program("Kubernetes", Set.of("apiVersion"), SETTINGS),
          new Program("Kong", Set.of("_format_version"), SETTINGS));

  private OtherGatewayFile() {}

  /** What to say of a file with that text if it is LiteLLM's; otherwise empty. */
  static Optional<String> ofLiteLlm(String text) {
    return TOP.matcher(text).results().anyMatch(key -> LITELLM.contains(key.group(1)))
        ? Optional.of("is LiteLLM's configuration, which Serai does not read; see " + MIGRATION)
        : Optional.empty();
  }

  /**
   * Reports the file in one line if it is another program's.
   *
   * @return whether it is
   */
  public static boolean report(Node.Mapping file, Problems problems) {
    for (Map.Entry<String, Node> entry : file.entries().entrySet()) {
      for (Program program : PROGRAMS) {
        if (program.sure.contains(entry.getKey())) {
          problems.add(
              entry.getValue().place(),
              "this key belongs to the configuration of "
                  + program.name
                  + ", which Serai does not read; see "
                  + program.page);
          return true;
        }
      }
    }
    return false;
  }
}
