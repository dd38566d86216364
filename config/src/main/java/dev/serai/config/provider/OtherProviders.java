package dev.serai.config.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that other programs, LiteLLM above all, have for providers and their kinds. Pure. */
final class OtherProviders {
  /** What LiteLLM's prefixes add to the names of providers. */
  private static final Pattern ADDED = Pattern.compile("^aws_|_(ai|chat|text|converse)$");

  /** Other names of providers that Serai knows, with {@code _} between the words. */
  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("togetherai", "together"),
          Map.entry("vertexai", "vertex"),
          Map.entry("azure_openai", "azure"),
          Map.entry("google", "gemini"),
          Map.entry("google_ai_studio", "gemini"),
          Map.entry("claude", "anthropic"),
          Map.entry("mistralai", "mistral"),
          Map.entry("x_ai", "xai"),
          Map.entry("grok", "xai"),
          Map.entry("dashscope", "qwen"),
          Map.entry("text_completion_openai", "openai"));

  /** Servers of OpenAI's API. */
  private static final Set<String> COMPATIBLE =
      Set.of(
          "openai_like",
          "custom_openai",
          "custom",
          "vllm",
          "hosted_vllm",
          "lm_studio",
          "lmstudio",
          "llamafile",
          "llama_cpp",
          "litellm_proxy",
          "xinference",
          "sglang",
          "localai",
          "perplexity",
          "cerebras",
          "nvidia_nim",
          "deepinfra",
          "sambanova",
          "github",
          "databricks",
          "cloudflare",
          "huggingface");

  private OtherProviders() {}

  /** The provider that Serai knows by another name. */
  static Optional<String> provider(String name) {
    String bare = ADDED.matcher(plain(name)).replaceFirst("");
    return Optional.ofNullable(PROVIDERS.get(plain(name)))
        .or(() -> KnownProvider.find(bare).map(KnownProvider::name))
        .filter(known -> !known.equals(name));
  }

  /** The kind of a provider that Serai does not know by name, or of a word for a kind. */
  static Optional<ProviderKind> kind(String word) {
    if (COMPATIBLE.contains(plain(word))) {
      return Optional.of(ProviderKind.OPENAI_COMPATIBLE);
    }
    return Arrays.stream(ProviderKind.values())
        .filter(kind -> plain(kind.toString()).equals(plain(word)))
        .findFirst()
        .or(() -> KnownProvider.find(provider(word).orElse(plain(word))).map(KnownProvider::kind));
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }
}
