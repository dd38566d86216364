package dev.serai.gateway.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A file with the settings of a policy: a part of {@code serai.yaml}, laid over the settings that
 * are in use. Stateless.
 */
final class PolicyFile {
  /** What a policy consists of. */
  private static final Set<String> PARTS = Set.of("general", "models", "routing");

  private PolicyFile() {}

  /**
   * The settings in use with the policy's in their place, as YAML.
   *
   * @param used the settings file in use, if there is one
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the policy has other settings, or is not YAML
   */
  static String over(Optional<Path> used, Path policy) throws IOException {
    Map<String, Object> changed = map(policy);
    for (String part : changed.keySet()) {
      if (!PARTS.contains(part)) {
        throw new IllegalArgumentException(
            policy
                + ": a policy has "
                + String.join(", ", new TreeSet<>(PARTS))
                + ", as serai.yaml has them, and not '"
                + part
                + "'");
      }
    }
    Map<String, Object> all = used.isPresent() ? map(used.get()) : new LinkedHashMap<>();
    merge(all, changed);
    return new Dump(DumpSettings.builder().build()).dumpToString(all);
  }

  private static Map<String, Object> map(Path file) throws IOException {
    if (file.toString().endsWith(".toml")) {
      throw new IllegalArgumentException(file + ": a policy and its settings must be YAML");
    }
    try {
      Object read =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file, StandardCharsets.UTF_8));
      Map<String, Object> map = new LinkedHashMap<>();
      if (read instanceof Map<?, ?> members) {
        members.forEach((name, value) -> map.put(String.valueOf(name), value));
      } else if (read != null) {
        throw new IllegalArgumentException(file + ": the file must have settings, as YAML");
      }
      return map;
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(file + ": not valid YAML: " + e.getMessage());
    }
  }

  private static void merge(Map<String, Object> into, Map<String, Object> changed) {
    changed.forEach(
        (name, value) -> {
          if (into.get(name) instanceof Map<?, ?> before && value instanceof Map<?, ?> after) {
            Map<String, Object> both = new LinkedHashMap<>();
            before.forEach((key, one) -> both.put(String.valueOf(key), one));
            Map<String, Object> over = new LinkedHashMap<>();
            after.forEach((key, one) -> over.put(String.valueOf(key), one));
            merge(both, over);
            into.put(name, both);
          } else {
            into.put(name, value);
          }
        });
  }
}
