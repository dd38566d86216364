package dev.serai.config;

import dev.serai.config.read.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the environment variables and the settings that they override. The variables of providers
 * are in {@link dev.serai.config.provider.KnownProvider}. An empty variable counts as not set; if a
 * setting has several variables, the first that is set applies.
 */
final class Variables {
  /** The variable that names the settings file. */
  static final String FILE = "SERAI_CONFIG";

  /** The variable that names the models file. */
  static final String MODELS = "SERAI_MODELS";

  /** The variable that names the folder of the operator's routes. */
  static final String ROUTES = "SERAI_ROUTES";

  /** The variable that names the folder of settings, routes and state. */
  static final String HOME = "SERAI_HOME";

  /** The variable of the database that other programs read too. */
  static final String DATABASE = "DATABASE_URL";

  /** Settings that hold secrets, whose variables may refer to them. */
  private static final Set<String> SECRETS =
      Set.of(
          "auth.api_keys",
          "auth.admin_keys",
          "auth.key_pepper",
          "console.password",
          "state.database_url",
          "state.master_key",
          "state.redis_url",
          "tracing.headers",
          "upstream.proxy.http",
          "upstream.proxy.https");

  private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("general.default_model", List.of("DEFAULT_MODEL"));
    NAMES.put("general.default_provider", List.of("DEFAULT_MODEL_PROVIDER"));
    NAMES.put("serai.strict", List.of("SERAI_STRICT"));
    NAMES.put("server.host", List.of("SERVER_HOST"));
    NAMES.put("server.port", List.of("SERVER_PORT"));
    NAMES.put("server.memory_port", List.of("SERVER_MEMORY_PORT"));
    NAMES.put("server.allowed_origins", List.of("CORS_ORIGINS"));
    NAMES.put("auth.api_keys", List.of("SERAI_API_KEYS"));
    NAMES.put("auth.admin_keys", List.of("ROUTER_ADMIN_KEYS"));
    NAMES.put("auth.key_pepper", List.of("SERAI_KEY_PEPPER"));
    NAMES.put("state.master_key", List.of("SERAI_MASTER_KEY"));
    NAMES.put("state.master_key_file", List.of("SERAI_MASTER_KEY_FILE"));
    NAMES.put("routing.bandit.algorithm", List.of("BANDIT_STRATEGY"));
    NAMES.put("routing.challengers.enabled", List.of("ENABLE_CHALLENGER"));
    NAMES.put("routing.ask.max_prompt_chars", List.of("ROUTER_MAX_PROMPT_CHARS"));
    NAMES.put("limits.keys.requests_per_second", List.of("ROUTER_RPS_LIMIT"));
    NAMES.put("limits.keys.burst", List.of("ROUTER_RPS_BURST"));
    NAMES.put("limits.gateway.concurrent_requests", List.of("MAX_CONCURRENT_REQUESTS"));
    NAMES.put("upstream.deadlines.first_token", List.of("REQUEST_TIMEOUT"));
    NAMES.put("upstream.proxy.https", List.of("HTTPS_PROXY", "https_proxy"));
    NAMES.put("upstream.proxy.http", List.of("HTTP_PROXY", "http_proxy"));
    NAMES.put("upstream.proxy.no_proxy", List.of("NO_PROXY", "no_proxy"));
    NAMES.put("upstream.model_lists.enabled", List.of("SERAI_MODEL_LISTS"));
    NAMES.put("log.level", List.of("LOG_LEVEL", "DEBUG"));
    NAMES.put("log.format", List.of("LOG_FORMAT"));
    NAMES.put("log.file", List.of("LOG_FILE"));
    NAMES.put("tracing.enabled", List.of("OTEL_SDK_DISABLED", "ROUTER_ENABLE_TRACING"));
    NAMES.put("tracing.endpoint", List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "ROUTER_OTLP_ENDPOINT"));
    NAMES.put("tracing.traces_endpoint", List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
    receiver("tracing.protocol", "PROTOCOL");
    NAMES.put("tracing.exporter", List.of("OTEL_TRACES_EXPORTER"));
    receiver("tracing.compression", "COMPRESSION");
    receiver("tracing.tls.certificate", "CERTIFICATE");
    receiver("tracing.tls.client_key", "CLIENT_KEY");
    receiver("tracing.tls.client_certificate", "CLIENT_CERTIFICATE");
    NAMES.put("tracing.batch.delay_millis", List.of("OTEL_BSP_SCHEDULE_DELAY"));
    NAMES.put("tracing.batch.queue", List.of("OTEL_BSP_MAX_QUEUE_SIZE"));
    NAMES.put("tracing.batch.size", List.of("OTEL_BSP_MAX_EXPORT_BATCH_SIZE"));
    NAMES.put("tracing.batch.timeout_millis", List.of("OTEL_BSP_EXPORT_TIMEOUT"));
    NAMES.put("tracing.propagators", List.of("OTEL_PROPAGATORS"));
    receiver("tracing.headers", "HEADERS");
    receiver("tracing.timeout_millis", "TIMEOUT");
    NAMES.put("tracing.service_name", List.of("OTEL_SERVICE_NAME"));
    NAMES.put("tracing.resource_attributes", List.of("OTEL_RESOURCE_ATTRIBUTES"));
    NAMES.put("tracing.sampler", List.of("OTEL_TRACES_SAMPLER"));
    NAMES.put("tracing.sample_ratio", List.of("OTEL_TRACES_SAMPLER_ARG"));
    NAMES.put(
        "tracing.capture_content", List.of("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"));
    NAMES.put("tracing.semconv", List.of("OTEL_SEMCONV_STABILITY_OPT_IN"));
    NAMES.put("console.enabled", List.of("SERAI_CONSOLE"));
    NAMES.put("console.user", List.of("SERAI_CONSOLE_USER"));
    NAMES.put("console.password", List.of("SERAI_CONSOLE_PASSWORD"));
    NAMES.put("routes.folder", List.of(ROUTES));
    NAMES.put("state.folder", List.of("SERAI_STATE"));
    NAMES.put("state.database_url", List.of("SERAI_DATABASE_URL", DATABASE));
    NAMES.put("state.memory.quota_megabytes", List.of("MEMORY_QUOTA_MB"));
    NAMES.put("state.memory.embeddings", List.of("MEMORY_EMBEDDINGS"));
    NAMES.put("state.memory.cache_ttl", List.of("MEMORY_TTL_SECONDS"));
    NAMES.put("state.sessions.max_context_tokens", List.of("MAX_CONTEXT_LENGTH"));
    NAMES.put("state.sessions.compression.threshold", List.of("CONTEXT_COMPRESSION_THRESHOLD"));
    NAMES.put("state.redis_url", List.of("SERAI_REDIS_URL", "REDIS_URL"));
  }

  /** OpenTelemetry has two variables per setting of the receiver: that for traces comes first. */
  private static void receiver(String path, String name) {
    NAMES.put(path, List.of("OTEL_EXPORTER_OTLP_TRACES_" + name, "OTEL_EXPORTER_OTLP_" + name));
  }

  private Variables() {}

  /** The variables of a setting, in the order in which they are read. */
  static List<String> of(String path) {
    return NAMES.getOrDefault(path, List.of());
  }

  /** Every setting that has a variable, by path. */
  static Map<String, List<String>> all() {
    return Map.copyOf(NAMES);
  }

  /**
   * Names of every variable that is read, also by the launcher; those of providers are not here.
   */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(Set.of(FILE, MODELS, HOME, "SERAI_JAVA_OPTS"));
    NAMES.values().forEach(names::addAll);
    return names;
  }

  /** The variables of settings that hold secrets. */
  static Set<String> secrets() {
    Set<String> names = new TreeSet<>();
    SECRETS.forEach(path -> names.addAll(of(path)));
    return names;
  }

  /** The values in the environment, by the path of the setting. */
  static Map<String, Node.Scalar> read(Map<String, String> environment) {
    Map<String, Node.Scalar> values = new HashMap<>();
    NAMES.forEach(
        (path, names) -> {
          for (String name : names) {
            String text = value(name, environment);
            if (!text.isEmpty()) {
              values.put(path, Node.Scalar.variable(name, text));
              break;
            }
          }
        });
    return values;
  }

  /** The values that variables have for a setting, in the order in which they are read. */
  static Map<String, String> valuesOf(String path, Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>(2);
    of(path).forEach(name -> values.put(name, value(name, environment)));
    values.values().removeIf(String::isEmpty);
    return values;
  }

  /** The value that a variable has for its setting; empty if it has none. */
  private static String value(String name, Map<String, String> environment) {
    return translated(name, environment.getOrDefault(name, "").strip());
  }

  /** OpenTelemetry's variables that are set and not supported, sorted. */
  static List<String> unread(Map<String, String> environment) {
    Set<String> unread = new TreeSet<>(environment.keySet());
    unread.removeIf(name -> !name.startsWith("OTEL_"));
    NAMES.values().forEach(unread::removeAll);
    return List.copyOf(unread);
  }

  /** Translates values of variables that differ from those of the settings. */
  private static String translated(String name, String text) {
    return switch (name) {
      case "DEBUG" -> isTrue(text) ? "debug" : "";
      case "LOG_LEVEL" -> text.equalsIgnoreCase("warning") ? "warn" : text;
      case "OTEL_SDK_DISABLED" -> isTrue(text) ? "false" : "";
      case "ROUTER_ENABLE_TRACING", "SERAI_CONSOLE", "SERAI_MODEL_LISTS", "ENABLE_CHALLENGER" ->
          truth(text);
      case "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" -> truth(text);
      case "OTEL_SEMCONV_STABILITY_OPT_IN" ->
          text.contains("gen_ai_latest_experimental") ? "latest" : "";
      default -> text;
    };
  }

  private static String truth(String text) {
    if (isTrue(text)) {
      return "true";
    }
    return text.equals("0") || text.equalsIgnoreCase("no") ? "false" : text;
  }

  private static boolean isTrue(String text) {
    return text.equals("1") || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes");
  }
}
