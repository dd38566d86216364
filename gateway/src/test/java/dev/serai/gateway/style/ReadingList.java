package dev.serai.gateway.style;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The route files and the classes of the steps that a call passes, found by following the routes
 * from a public one to the provider.
 */
final class ReadingList {
  private static final String ALWAYS = "always";
  private static final String FAILED = "after a failure";
  private static final String OPTIONAL = "only with ";

  /** Files and when a call passes them, in the order in which it does. */
  private final Map<String, String> found = new LinkedHashMap<>();

  private final List<String> optional = new ArrayList<>();
  private final String provider;

  private ReadingList(String provider) {
    this.provider = provider;
  }

  /** What a call that enters by a route and is sent to a provider passes. */
  static ReadingList of(String route, String provider) {
    ReadingList list = new ReadingList(provider);
    list.route(route);
    return list;
  }

  /** The files that every call passes that succeeds, with the default settings. */
  List<String> files() {
    return found.keySet().stream().filter(file -> ALWAYS.equals(found.get(file))).toList();
  }

  /** The steps that do nothing with the default settings. */
  List<String> optional() {
    return List.copyOf(optional);
  }

  /** Each file with when it is passed: always, after a failure, then only with a setting. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (String when : List.of(ALWAYS, FAILED, OPTIONAL)) {
      found.forEach(
          (file, passed) -> {
            if (passed.startsWith(when)) {
              rows.add(file + ": " + passed);
            }
          });
    }
    return rows;
  }

  private void route(String id) {
    Path file = fileOf("route", id);
    found.putIfAbsent(House.name(file), ALWAYS);
    Map<String, Object> route = root(file, "route", id);
    steps(Yaml.map(route.get("from"), id).get("steps"), ALWAYS);
    configuration(route.get("routeConfigurationId").toString());
  }

  private void configuration(String id) {
    Path file = fileOf("routeConfiguration", id);
    found.putIfAbsent(House.name(file), ALWAYS);
    Map<String, Object> configuration = root(file, "routeConfiguration", id);
    for (String event : List.of("onCompletion", "onException")) {
      for (Map<String, Object> each : Yaml.maps(configuration.get(event), id)) {
        String when = event.equals("onException") ? FAILED : ALWAYS;
        steps(Yaml.map(each.get(event), id).get("steps"), when);
      }
    }
  }

  private void steps(Object steps, String when) {
    for (Map<String, Object> step : Yaml.maps(steps, "steps")) {
      step.forEach((kind, value) -> step(kind, Yaml.map(value, kind), when));
    }
  }

  private void step(String kind, Map<String, Object> step, String when) {
    switch (kind) {
      case "process" -> process(step, when);
      case "to" -> to(step.get("uri").toString(), when);
      case "toD" -> route("adapter-" + provider);
      default -> {
        steps(step.get("steps"), when);
        for (Map<String, Object> failed : Yaml.maps(step.get("doCatch"), kind)) {
          steps(failed.get("steps"), FAILED);
        }
      }
    }
  }

  private void process(Map<String, Object> step, String when) {
    String name = step.get("ref").toString();
    String condition = step.getOrDefault("description", "").toString().toLowerCase(Locale.ROOT);
    boolean conditional = condition.startsWith(OPTIONAL);
    if (conditional) {
      optional.add(name);
    }
    found.putIfAbsent(House.name(classOf(name)), conditional ? condition : when);
  }

  private void to(String uri, String when) {
    if (uri.startsWith("direct:")) {
      route(uri.substring("direct:".length()));
    } else if (uri.startsWith("kamelet:")) {
      String name = uri.substring("kamelet:".length());
      Path file = House.ROOT.resolve("adapters/kamelets/" + name + ".kamelet.yaml");
      found.putIfAbsent(House.name(file), when);
      Object template = Yaml.map(Yaml.map(Yaml.read(file), name).get("spec"), name).get("template");
      steps(Yaml.map(Yaml.map(template, name).get("from"), name).get("steps"), when);
    }
  }

  private static Path classOf(String step) {
    return House.files(House.ROOT.resolve("processors/src/main/java"), ".java").stream()
        .filter(file -> nameOf(file).equals(step))
        .findFirst()
        .orElseThrow();
  }

  private static String nameOf(Path file) {
    return RoutesTest.stepName(file.getFileName().toString().replace(".java", ""));
  }

  private static Path fileOf(String kind, String id) {
    return House.routeFiles().stream()
        .filter(file -> roots(file, kind).stream().anyMatch(root -> id.equals(root.get("id"))))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> root(Path file, String kind, String id) {
    return roots(file, kind).stream()
        .filter(root -> id.equals(root.get("id")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, Object>> roots(Path file, String kind) {
    return Yaml.maps(Yaml.read(file), House.name(file)).stream()
        .filter(root -> root.keySet().equals(Set.of(kind)))
        .map(root -> Yaml.map(root.get(kind), House.name(file)))
        .toList();
  }
}
