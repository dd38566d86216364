package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.serai.core.http.InboundRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The routes show the path of every request, and a drawing tool opens them. */
class RoutesTest {
  private static final Set<String> STEPS =
      Set.of(
          "process",
          "to",
          "toD",
          "choice",
          "loop",
          "doTry",
          "multicast",
          "recipientList",
          "circuitBreaker",
          "throttle");
  private static final Set<String> EXPRESSIONS =
      Set.of("simple", "exchangeProperty", "constant", "header", "variable", "jsonpath", "method");

  @Test
  void everyStepHasAClassAndEveryClassAStep() {
    Set<String> named = new TreeSet<>();
    all()
        .forEach(
            file ->
                Yaml.visit(
                    Yaml.read(file),
                    (key, value) -> {
                      if (key.equals("process")) {
                        named.add(Yaml.map(value, House.name(file)).get("ref").toString());
                      }
                    }));
    assertThat(named).isEqualTo(stepClasses());
  }

  /** The console's own server decides what its requests do. */
  @Test
  void noStepChoosesByTheMethodOfARequest() {
    Set<String> asking =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.serai.processors")
                .stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(InboundRequest.class))
                .filter(call -> call.getName().equals("method"))
                .map(call -> call.getOriginOwner().getSimpleName())
                .collect(Collectors.toSet());
    assertThat(asking).containsExactly("ProxyConsole");
  }

  @Test
  void aRouteServesOneMethodUnlessItForwardsAllAlike() {
    for (Path file : House.routeFiles()) {
      for (Map<String, Object> route : routes(file)) {
        String where = House.name(file) + " " + route.get("id");
        Map<String, Object> from = Yaml.map(route.get("from"), where);
        if (from.get("parameters") instanceof Map<?, ?> parameters
            && String.valueOf(parameters.get("httpMethodRestrict")).contains(",")) {
          assertThat(String.valueOf(from.get("steps")))
              .as(where + " serves several methods")
              .containsAnyOf("{ref=read-relay-request}", "{ref=proxy-console}");
        }
      }
    }
  }

  @Test
  void everyRouteHasADescriptionAndIsNamedAsItIsCalled() {
    Set<String> ids = new TreeSet<>();
    for (Path file : House.routeFiles()) {
      for (Map<String, Object> route : routes(file)) {
        String where = House.name(file) + " " + route.get("id");
        assertThat(route).as(where).containsKeys("id", "description", "from");
        assertThat(ids.add(route.get("id").toString())).as(where + " is the only one").isTrue();
        String uri = Yaml.map(route.get("from"), where).get("uri").toString();
        if (uri.startsWith("direct:")) {
          assertThat(uri).isEqualTo("direct:" + route.get("id"));
        }
      }
    }
  }

  @Test
  void publicRoutesFailAtTheEdgeAndInnerOnesToTheirCaller() {
    Set<String> configurations =
        House.routeFiles().stream()
            .flatMap(f -> roots(f, "routeConfiguration"))
            .map(c -> c.get("id").toString())
            .collect(Collectors.toSet());
    for (Path file : House.routeFiles()) {
      for (Map<String, Object> route : routes(file)) {
        String where = House.name(file) + " " + route.get("id");
        assertThat(route.get("routeConfigurationId")).as(where).isIn(configurations);
        String uri = Yaml.map(route.get("from"), where).get("uri").toString();
        assertThat(route.get("routeConfigurationId"))
            .as(where)
            .isEqualTo(uri.matches("(netty-http|websocket-netty):.*") ? "edge" : "inner");
      }
    }
  }

  @Test
  void routesSayWhatHappensAndDoNotProgram() {
    for (Path file : House.routeFiles()) {
      for (Map<String, Object> root : Yaml.maps(Yaml.read(file), House.name(file))) {
        assertThat(root.keySet()).as(House.name(file)).hasSize(1);
        assertThat(Set.of("route", "routeConfiguration"))
            .as(House.name(file))
            .containsAll(root.keySet());
      }
    }
    all().forEach(file -> Yaml.visit(Yaml.read(file), (key, value) -> canonical(file, key, value)));
  }

  private static void canonical(Path file, String key, Object value) {
    String where = House.name(file) + " " + key;
    if (key.equals("steps")) {
      for (Map<String, Object> step : Yaml.maps(value, where)) {
        assertThat(step).as(where).hasSize(1);
        assertThat(STEPS).as(where).containsAll(step.keySet());
        assertThat(step.values()).as(where + " in object form").allMatch(v -> v instanceof Map);
      }
    } else if (key.equals("uri")) {
      assertThat(value.toString()).as(where + " has its parameters beside it").doesNotContain("?");
    } else if (EXPRESSIONS.contains(key)) {
      assertThat(value).as(where + " in object form").isInstanceOf(Map.class);
    }
  }

  @Test
  void whatIsCalledIsThere() {
    Set<String> there =
        Stream.concat(
                House.routeFiles().stream()
                    .flatMap(f -> routes(f).stream())
                    .map(r -> "direct:" + r.get("id")),
                House.kameletFiles().stream().map(f -> "kamelet:" + kameletName(f)))
            .collect(Collectors.toSet());
    for (Path file : all().toList()) {
      Yaml.visit(
          Yaml.read(file),
          (key, value) -> {
            if (key.equals("to")) {
              String uri = Yaml.map(value, House.name(file)).get("uri").toString();
              if (uri.startsWith("direct:") || uri.startsWith("kamelet:")) {
                assertThat(there).as(House.name(file)).contains(uri);
              }
            }
          });
    }
  }

  @Test
  void everyKameletAndEachOfItsPropertiesIsDescribed() {
    for (Path file : House.kameletFiles()) {
      String where = House.name(file);
      Map<String, Object> kamelet = Yaml.map(Yaml.read(file), where);
      assertThat(Yaml.map(kamelet.get("metadata"), where).get("name"))
          .as(where)
          .isEqualTo(kameletName(file));
      Map<String, Object> definition =
          Yaml.map(Yaml.map(kamelet.get("spec"), where).get("definition"), where);
      assertThat(definition).as(where).containsKeys("title", "description", "properties");
      Yaml.map(definition.get("properties"), where)
          .forEach(
              (name, property) ->
                  assertThat(Yaml.map(property, where))
                      .as(where + " " + name)
                      .containsKeys("title", "description", "type"));
    }
  }

  @Test
  void javaObjectsNeverTravel() {
    Stream.concat(all(), House.mainSources().stream())
        .forEach(
            file ->
                assertThat(House.read(file))
                    .as(House.name(file))
                    .doesNotContainIgnoringCase("transferException")
                    .doesNotContainIgnoringCase("allowJavaSerializedObject")
                    .doesNotContain("ObjectInputStream"));
  }

  private static Stream<Path> all() {
    return Stream.concat(House.routeFiles().stream(), House.kameletFiles().stream());
  }

  private static Stream<Map<String, Object>> roots(Path file, String kind) {
    return Yaml.maps(Yaml.read(file), House.name(file)).stream()
        .filter(root -> root.containsKey(kind))
        .map(root -> Yaml.map(root.get(kind), House.name(file)));
  }

  private static List<Map<String, Object>> routes(Path file) {
    return roots(file, "route").toList();
  }

  private static String kameletName(Path file) {
    return file.getFileName().toString().replace(".kamelet.yaml", "");
  }

  /** The bean names of the concrete processors: their names in kebab-case. */
  private static Set<String> stepClasses() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.serai.processors")
            .stream()
            .filter(c -> c.isAssignableTo("org.apache.camel.Processor"))
            .filter(RoutesTest::isStep)
            .map(c -> stepName(c.getSimpleName()))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name in routes of a step's class: {@code plan-attempts} for {@code PlanAttempts}. */
  static String stepName(String simpleName) {
    return simpleName.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static boolean isStep(JavaClass type) {
    return !type.getModifiers().contains(JavaModifier.ABSTRACT) && type.isTopLevelClass();
  }
}
