package dev.serai.config;

import dev.serai.config.read.Node;
import dev.serai.config.read.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recognizes the configuration of another gateway by its top-level keys. */
final class ForeignFile {
  /**
   * A program and the keys that show its configuration.
   *
   * @param sure one of these is enough
   * @param page what to read
   */
  private record Program(String name, Set<String> sure, String page) {}

  private static final String SETTINGS = "docs/settings.md";

  private static final List<Program> PROGRAMS =
      List.of(
          new Program(
              "LiteLLM",
              Set.of(
                  "model_list",
                  "litellm_settings",
                  "router_settings",
                  "general_settings",
                  "environment_variables"),
              "docs/migrating-from-litellm.md"),
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

  private ForeignFile() {}

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
