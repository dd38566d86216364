package dev.serai.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.serai.core.login.LoginSite;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the HTTP interface is sound, and it describes what is there and no more. */
class OpenApiTest {
  private static final JsonNode API = api();

  @Test
  void itIsAnOpenApiDocument() throws IOException {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    try (InputStream schema =
        OpenApiTest.class.getResourceAsStream("/openapi/openapi-3.1.schema.json")) {
      assertThat(registry.getSchema(schema).validate(API)).isEmpty();
    }
    assertThat(API.at("/info/title").asText()).isEqualTo("Serai");
  }

  @Test
  void everySchemaIsAJsonSchema() {
    Schema schemas =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    for (Map.Entry<String, JsonNode> schema : API.at("/components/schemas").properties()) {
      assertThat(schemas.validate(schema.getValue())).as(schema.getKey()).isEmpty();
    }
    for (JsonNode schema : API.findValues("schema")) {
      assertThat(schemas.validate(schema)).as(schema.toString()).isEmpty();
    }
  }

  @Test
  void noTagIsDeclaredTwice() {
    assertThat(API.path("tags").findValuesAsText("name")).doesNotHaveDuplicates();
  }

  @Test
  void everyOperationSaysWhatItDoesAndWhatItAnswers() {
    Set<String> tags = new HashSet<>(API.path("tags").findValuesAsText("name"));
    Set<String> ids = new HashSet<>();
    for (Operation operation : operations()) {
      JsonNode said = operation.node();
      assertThat(ids.add(said.path("operationId").asText())).as(operation.toString()).isTrue();
      assertThat(said.path("summary").asText()).as(operation.toString()).isNotEmpty();
      assertThat(tags).contains(said.at("/tags/0").asText());
      assertThat(said.path("responses").properties())
          .as(operation.toString())
          .anyMatch(response -> List.of("101", "200", "302").contains(response.getKey()));
      for (Map.Entry<String, JsonNode> reply : said.path("responses").properties()) {
        assertThat(reply.getKey()).matches("[1-5]\\d\\d");
        assertThat(resolved(reply.getValue()).path("description").asText()).isNotEmpty();
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = API.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(reference).startsWith("#/");
      assertThat(API.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void everyComponentIsUsed() {
    Set<String> used = new HashSet<>(API.findValuesAsText("$ref"));
    for (JsonNode schemes : API.findValues("security")) {
      for (JsonNode scheme : schemes) {
        scheme.fieldNames().forEachRemaining(n -> used.add("#/components/securitySchemes/" + n));
      }
    }
    for (Map.Entry<String, JsonNode> kind : API.path("components").properties()) {
      kind.getValue()
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(used).contains("#/components/" + kind.getKey() + "/" + name));
    }
  }

  @Test
  void everyVariableOfAPathIsDescribed() {
    for (Operation operation : operations()) {
      int variable = 0;
      for (String piece : operation.path().split("/")) {
        if (piece.startsWith("{")) {
          JsonNode described = operation.node().at("/parameters/" + variable);
          assertThat(described.path("name").asText())
              .isEqualTo(piece.substring(1, piece.indexOf('}')));
          assertThat(described.path("required").asBoolean()).isTrue();
          variable++;
        }
      }
    }
  }

  @Test
  void requiredFieldsAreDescribed() {
    for (JsonNode schema : API.findParents("required")) {
      if (schema.path("required").isArray()) {
        for (JsonNode name : schema.path("required")) {
          assertThat(schema.path("properties").has(name.asText())).as(name.asText()).isTrue();
        }
      }
    }
  }

  @Test
  void whatTheRoutesServeIsDescribed() throws IOException {
    for (PublicRoute route : PublicRoute.all()) {
      for (String method : route.methods()) {
        assertThat(operations())
            .as(method + " " + route.path())
            .anyMatch(o -> o.method().equals(method) && route.serves(o.path()));
      }
    }
  }

  @Test
  void everyOperationNamesThePermissionOfItsRoute() throws IOException {
    List<PublicRoute> routes = PublicRoute.all();
    for (Operation operation : operations()) {
      String needed = permission(routes, operation);
      JsonNode said = operation.node();
      assertThat(said.path("x-permission").asText(PublicRoute.OPEN))
          .as(operation.toString())
          .isEqualTo(needed);
      boolean open = needed.equals(PublicRoute.OPEN);
      assertThat(said.has("security") && said.path("security").isEmpty()).isEqualTo(open);
      assertThat(said.path("responses").has("401")).as(operation.toString()).isNotEqualTo(open);
    }
  }

  /** A key in the query, HTTP Basic and the session of a browser count on some routes only. */
  @Test
  void everyOperationNamesTheCredentialsThatItsRouteAccepts() throws IOException {
    List<PublicRoute> routes = PublicRoute.all();
    Set<String> places = new TreeSet<>();
    for (Operation operation : operations()) {
      String place = route(routes, operation).credentials();
      List<String> schemes = new ArrayList<>();
      JsonNode said = operation.node().path("security");
      (said.isMissingNode() ? API.path("security") : said)
          .forEach(scheme -> scheme.fieldNames().forEachRemaining(schemes::add));
      places.add(place);
      assertThat(schemes.contains("basic")).as("%s", operation).isEqualTo(place.equals("basic"));
      assertThat(schemes.contains("session")).as("%s", operation).isEqualTo(place.equals("basic"));
      assertThat(schemes.contains("queryKey")).as("%s", operation).isEqualTo(place.equals("query"));
    }
    assertThat(places).contains("", "basic", "query");
  }

  @Test
  void theSchemeOfBrowserSessionsNamesTheCookieOfTheLogin() {
    JsonNode scheme = API.at("/components/securitySchemes/session");

    assertThat(scheme.path("type").asText()).isEqualTo("apiKey");
    assertThat(scheme.path("in").asText()).isEqualTo("cookie");
    assertThat(scheme.path("name").asText())
        .isEqualTo(new LoginSite("https://serai.example").cookie("session"));
    assertThat(scheme.path("description").asText())
        .contains("`" + new LoginSite("http://serai.example").cookie("session") + "`");
  }

  /** The permission of the most specific route that serves an operation. */
  private static String permission(List<PublicRoute> routes, Operation operation) {
    return route(routes, operation).permission();
  }

  private static PublicRoute route(List<PublicRoute> routes, Operation operation) {
    return routes.stream()
        .filter(r -> r.methods().contains(operation.method()) && r.serves(operation.path()))
        .max(Comparator.comparing(route -> route.path().length()))
        .orElseThrow();
  }

  @Test
  void whatIsDescribedIsServed() throws IOException {
    List<PublicRoute> routes = PublicRoute.all();
    Set<String> unserved = new TreeSet<>();
    for (Operation operation : operations()) {
      boolean served =
          routes.stream()
              .anyMatch(
                  r -> r.methods().contains(operation.method()) && r.serves(operation.path()));
      if (!served) {
        unserved.add(operation.toString());
      }
    }
    assertThat(unserved).isEmpty();
  }

  private record Operation(String method, String path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static List<Operation> operations() {
    List<Operation> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : API.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        found.add(
            new Operation(
                method.getKey().toUpperCase(java.util.Locale.ROOT),
                path.getKey(),
                method.getValue()));
      }
    }
    return found;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? API.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static JsonNode api() {
    try (InputStream file = OpenApiTest.class.getResourceAsStream("/web/openapi.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
