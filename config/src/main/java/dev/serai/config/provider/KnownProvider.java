package dev.serai.config.provider;

import dev.serai.config.read.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A provider that Serai knows: its environment variables are enough, it needs no file.
 *
 * @param name the name that callers write before the slash
 * @param kind the kamelet that serves it
 * @param keyVariable the environment variable of its key
 * @param urlVariable the environment variable of its address
 * @param modelsUrlVariable the environment variable of the address of its list of models, if that
 *     is another address
 * @param signs variables that each show that credentials are available without a key
 * @param baseUrl its default address; that of Bedrock has the default region
 * @param models models that are listed for it
 */
public record KnownProvider(
    String name,
    ProviderKind kind,
    Optional<String> keyVariable,
    Optional<String> urlVariable,
    Optional<String> modelsUrlVariable,
    List<String> signs,
    Optional<String> baseUrl,
    List<String> models) {

  private static final List<String> AWS_KEYS =
      List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

  /** Other names of a variable that the vendors' own clients read, by the name used here. */
  private static final Map<String, String> ALSO =
      Map.of(
          "COHERE_API_KEY", "CO_API_KEY",
          "QWEN_API_KEY", "DASHSCOPE_API_KEY",
          "GEMINI_API_KEY", "GOOGLE_API_KEY",
          "GEMINI_BASE_URL", "GOOGLE_GEMINI_BASE_URL",
          "VERTEX_BASE_URL", "GOOGLE_VERTEX_BASE_URL");

  /** Variables of the vendors' own programs, and those that Serai reads instead. */
  private static final Map<String, String> OF_VENDORS =
      Map.of(
          "AZURE_OPENAI_KEY", "AZURE_OPENAI_API_KEY", // examples of Azure
          "CO_API_URL", "COHERE_BASE_URL", // Cohere's library
          "DASHSCOPE_HTTP_BASE_URL", "QWEN_BASE_URL", // DashScope's library
          "OLLAMA_HOST", "OLLAMA_BASE_URL"); // Ollama's server and its libraries

  private static final List<KnownProvider> ALL =
      List.of(
          keyed("openai", ProviderKind.OPENAI_COMPATIBLE, "https://api.openai.com/v1"),
          keyed("anthropic", ProviderKind.ANTHROPIC, "https://api.anthropic.com"),
          bedrock(),
          keyed("gemini", ProviderKind.GEMINI, "https://generativelanguage.googleapis.com"),
          addressed("vertex", ProviderKind.VERTEX, "VERTEX_BASE_URL", Optional.empty()),
          keyed("deepseek", ProviderKind.OPENAI_COMPATIBLE, "https://api.deepseek.com"),
          keyed(
              "qwen",
              ProviderKind.OPENAI_COMPATIBLE,
              "https://dashscope.aliyuncs.com/compatible-mode/v1"),
          new KnownProvider(
              "azure",
              ProviderKind.OPENAI_COMPATIBLE,
              Optional.of("AZURE_OPENAI_API_KEY"),
              Optional.of("AZURE_OPENAI_ENDPOINT"),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              List.of()),
          keyed("mistral", ProviderKind.OPENAI_COMPATIBLE, "https://api.mistral.ai/v1"),
          keyed("groq", ProviderKind.OPENAI_COMPATIBLE, "https://api.groq.com/openai/v1"),
          keyed("openrouter", ProviderKind.OPENAI_COMPATIBLE, "https://openrouter.ai/api/v1"),
          keyed("xai", ProviderKind.OPENAI_COMPATIBLE, "https://api.x.ai/v1"),
          keyed("together", ProviderKind.OPENAI_COMPATIBLE, "https://api.together.xyz/v1"),
          keyed(
              "fireworks", ProviderKind.OPENAI_COMPATIBLE, "https://api.fireworks.ai/inference/v1"),
          keyed("cohere", ProviderKind.OPENAI_COMPATIBLE, "https://api.cohere.ai/compatibility/v1"),
          addressed(
              "ollama",
              ProviderKind.OLLAMA,
              "OLLAMA_BASE_URL",
              Optional.of("http://localhost:11434")),
          addressed("local", ProviderKind.OPENAI_COMPATIBLE, "LOCAL_MODEL_URL", Optional.empty()),
          new KnownProvider(
              "persona",
              ProviderKind.PERSONA,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              List.of("guide")));

  /** All of them, in the order in which they are tried if priorities are equal. */
  public static List<KnownProvider> all() {
    return ALL;
  }

  public static Optional<KnownProvider> find(String name) {
    return ALL.stream().filter(known -> known.name.equals(name)).findFirst();
  }

  /**
   * The provider that a name stands for which is not its own: that of LiteLLM's prefixes, a
   * vendor's other name, or one with a typo.
   */
  public static Optional<String> meantBy(String name) {
    return OtherProviders.provider(name)
        .or(() -> Names.closestTo(name, ALL.stream().map(KnownProvider::name).toList()));
  }

  /** Variables of the vendors' own programs that are not read, with those that are. */
  public static Map<String, String> ofVendors() {
    return OF_VENDORS;
  }

  /** Every environment variable that configures a provider. */
  public static Set<String> variables() {
    Set<String> names = new TreeSet<>(ALSO.values());
    names.addAll(List.of("AWS_REGION", "AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION"));
    names.addAll(VertexAddress.VARIABLES);
    for (KnownProvider known : ALL) {
      known.keyVariable.ifPresent(names::add);
      known.urlVariable.ifPresent(names::add);
      known.modelsUrlVariable.ifPresent(names::add);
      names.addAll(known.signs);
    }
    return names;
  }

  /** Every environment variable that holds a secret for a provider. */
  public static Set<String> secrets() {
    Set<String> names = new TreeSet<>(AWS_KEYS);
    for (KnownProvider known : ALL) {
      known.keyVariable.ifPresent(variable -> names.addAll(namesOf(variable)));
    }
    return names;
  }

  /** Why it is off without a variable: "GROQ_API_KEY is not set". */
  String lacks(Map<String, String> environment) {
    String key = keyVariable.orElse("its key");
    if (needsKeyAndAddress()) {
      return key + " and " + urlVariable.orElse("its address") + " are not set";
    }
    return signs.isEmpty()
        ? unset(key, environment)
        : "none of " + key + ", " + String.join(", ", signs) + " is set";
  }

  /** Says that a variable has no value: "GROQ_API_KEY is not set", or "is empty". */
  public static String unset(String variable, Map<String, String> environment) {
    return variable + (environment.containsKey(variable) ? " is empty" : " is not set");
  }

  /** The variables that say the same of a provider, in the order in which they are read. */
  public static List<List<String>> otherNames() {
    List<List<String>> names = new ArrayList<>();
    new TreeSet<>(ALSO.keySet()).forEach(variable -> names.add(namesOf(variable)));
    names.addAll(VertexAddress.ALTERNATIVES);
    names.add(AzureAddress.VERSIONS);
    return names;
  }

  /** A variable and its other name, if it has one. */
  public static List<String> namesOf(String variable) {
    return ALSO.containsKey(variable)
        ? List.of(variable, ALSO.getOrDefault(variable, variable))
        : List.of(variable);
  }

  /** Whether it needs both a key and an address. */
  boolean needsKeyAndAddress() {
    return keyVariable.isPresent() && baseUrl.isEmpty();
  }

  /** The value of a variable, or of its other name that the vendor's clients read. */
  public static Optional<String> key(String variable, Map<String, String> environment) {
    String value = environment.getOrDefault(variable, "");
    if (value.isBlank()) {
      value = environment.getOrDefault(ALSO.getOrDefault(variable, variable), "");
    }
    return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  /** The variable by which the environment asks for this provider, if there is one. */
  public Optional<String> askedFor(Map<String, String> environment) {
    Optional<String> vertex =
        kind == ProviderKind.VERTEX ? VertexAddress.askedFor(environment) : Optional.empty();
    return vertex.or(
        () ->
            Stream.of(keyVariable, urlVariable)
                .flatMap(Optional::stream)
                .flatMap(variable -> namesOf(variable).stream())
                .filter(variable -> key(variable, environment).isPresent())
                .findFirst());
  }

  /**
   * Variables with half of a key that signs, by name, and what to say of them: the search for
   * credentials goes on without a half.
   */
  public static Map<String, String> halfKeys(Provider provider, Map<String, String> environment) {
    Map<String, String> halves = new LinkedHashMap<>();
    boolean signs = provider.enabled() && provider.keyName().isEmpty();
    if (signs && provider.kind() == ProviderKind.BEDROCK) {
      List<String> both = AWS_KEYS.subList(0, 2);
      for (String half : both) {
        String other = both.get(1 - both.indexOf(half));
        if (key(half, environment).isPresent() && key(other, environment).isEmpty()) {
          halves.put(half, "is not used, since " + unset(other, environment) + "; both are needed");
        }
      }
    }
    return halves;
  }

  /** The variable with credentials of Vertex AI that names a file which is not there. */
  public static Optional<String> missingCredentials(Map<String, String> environment) {
    return VertexAddress.missingFile(environment);
  }

  private static KnownProvider keyed(String name, ProviderKind kind, String baseUrl) {
    String variable = name.toUpperCase(Locale.ROOT);
    return new KnownProvider(
        name,
        kind,
        Optional.of(variable + "_API_KEY"),
        Optional.of(variable + "_BASE_URL"),
        Optional.empty(),
        List.of(),
        Optional.of(baseUrl),
        List.of());
  }

  private static KnownProvider addressed(
      String name, ProviderKind kind, String variable, Optional<String> baseUrl) {
    return new KnownProvider(
        name,
        kind,
        Optional.empty(),
        Optional.of(variable),
        Optional.empty(),
        List.of(),
        baseUrl,
        List.of());
  }

  /** With a key, or with the variables that AWS's own clients read; no variable shows a role. */
  private static KnownProvider bedrock() {
    return new KnownProvider(
        "bedrock",
        ProviderKind.BEDROCK,
        Optional.of("AWS_BEARER_TOKEN_BEDROCK"),
        Optional.of("AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
        Optional.of("AWS_ENDPOINT_URL_BEDROCK"),
        List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_PROFILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
        Optional.of("https://bedrock-runtime.us-east-1.amazonaws.com"),
        List.of());
  }
}
