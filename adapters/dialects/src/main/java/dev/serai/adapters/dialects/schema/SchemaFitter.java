package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.Flattener.Flat;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Fits JSON Schemas of callers to what a vendor accepts.
 *
 * <p>Model: the schema is read as the current draft; references are resolved within the document.
 * For a vendor that accepts most of JSON Schema it is copied keyword by keyword. For one that
 * accepts a subset it is brought into a normal form first: one type, a union or a reference. What
 * the vendor refuses is expressed otherwise or left out, and the loss is noted. Definitions are
 * fitted last, if they are referred to. Thread-safe: each fitting has its own state.
 */
public final class SchemaFitter {
  /** The schema of an object without properties. */
  public static final String EMPTY_OBJECT = "{\"type\":\"object\",\"properties\":{}}";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final FittingState state;
  private final References references;
  private final ObjectNode source;

  private SchemaFitter(ObjectNode source, SchemaProfile profile) {
    this.source = source;
    this.state = new FittingState(profile);
    this.references = new References(source);
  }

  /**
   * Fits the parameters of a tool; no parameters are an object without properties.
   *
   * @throws CallerProblem 400 if the schema is not a JSON object
   */
  public static FittedSchema parameters(String json, SchemaProfile profile) {
    ObjectNode source = object(json, "tools");
    boolean none = source.isEmpty() || source.size() == 1 && source.path("type").isTextual();
    if (none && profile.has(Rule.CLOSED_OBJECTS)) {
      source.put("additionalProperties", false);
    }
    return new SchemaFitter(source, profile.with(Rule.OBJECT_ROOT)).fit();
  }

  /**
   * Fits the schema of a response.
   *
   * @throws CallerProblem 400 if the schema is not a JSON object
   */
  public static FittedSchema output(String json, SchemaProfile profile) {
    return new SchemaFitter(object(json, "response_format"), profile).fit();
  }

  private static ObjectNode object(String json, String param) {
    JsonNode tree;
    try {
      tree = StrictJson.tree((json.isBlank() ? "{}" : json).getBytes(StandardCharsets.UTF_8));
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(param, "The schema is not valid JSON: " + e.getMessage() + ".");
    }
    if (tree.isNull()) {
      return NODES.objectNode();
    }
    if (tree instanceof ObjectNode schema) {
      return schema;
    }
    throw CallerProblem.invalid(param, "The schema is not a JSON object.");
  }

  private FittedSchema fit() {
    ObjectNode fitted = state.has(Rule.NORMAL_FORM) ? inNormalForm() : copied();
    if (state.has(Rule.OPTIONAL_RECURSION)) {
      new Recursion(state, fitted).makeOptional();
    }
    if (state.has(Rule.OPENAI_SIZE) && !SchemaSize.of(fitted).isWithinOpenAisLimits()) {
      state.lose(Loss.SHAPE);
    }
    return new FittedSchema(fitted, state.loss());
  }

  private ObjectNode inNormalForm() {
    NormalFormFitter fitter = new NormalFormFitter(state, references);
    Flattener flattener = new Flattener(state, references);
    ObjectNode fitted = orAny(fitter.fit(root(flattener)), fitter);
    ObjectNode definitions = NODES.objectNode();
    for (Optional<JsonNode> next = references.next(); next.isPresent(); next = references.next()) {
      JsonNode target = next.get();
      Flat flat = flattener.flatten(target, List.of(target));
      definitions.set(references.nameOf(target), orAny(fitter.fit(flat), fitter));
    }
    return whole(fitted, definitions);
  }

  private Flat root(Flattener flattener) {
    return state.has(Rule.OBJECT_ROOT)
        ? new RootObject(state, references).of(source)
        : flattener.flatten(source, List.of(source));
  }

  private static ObjectNode orAny(Optional<ObjectNode> fitted, NormalFormFitter fitter) {
    return fitted.orElseGet(() -> fitter.anyValue(NODES.objectNode()));
  }

  private ObjectNode copied() {
    CopyingFitter fitter = new CopyingFitter(state, references);
    ObjectNode root =
        state.has(Rule.OBJECT_ROOT)
            ? new RootObject(state, references).of(source).schema()
            : source;
    ObjectNode fitted = fitter.fit(root);
    ObjectNode definitions = NODES.objectNode();
    for (Optional<JsonNode> next = references.next(); next.isPresent(); next = references.next()) {
      definitions.set(references.nameOf(next.get()), fitter.fit(next.get()));
    }
    return whole(fitted, definitions);
  }

  private ObjectNode whole(ObjectNode fitted, ObjectNode definitions) {
    if (state.has(Rule.OBJECT_ROOT) && !fitted.has("properties")) {
      fitted.putObject("properties");
    }
    if (!definitions.isEmpty()) {
      fitted.set("$defs", definitions);
    }
    return fitted;
  }
}
