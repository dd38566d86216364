package dev.serai.adapters.dialects.problem;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells apart why a provider rejects a request: the prompt is too long for the model, a content
 * filter does not let it pass, or anything else. Few providers have a code for it, so their words
 * count too; a gateway in between, such as OpenRouter or Bedrock, forwards the words of the models'
 * vendors. One table for all dialects. Pure.
 */
public final class RejectedContent {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  /** Codes and types of errors, as the providers write them. */
  private static final Map<String, FailureCause> CODES =
      Map.of(
          // OpenAI, Azure OpenAI, Groq, Cerebras: platform.openai.com/docs/guides/error-codes
          "context_length_exceeded",
          FailureCause.CONTEXT_WINDOW,
          // llama.cpp: tools/server, ERROR_TYPE_EXCEED_CONTEXT_SIZE
          "exceed_context_size_error",
          FailureCause.CONTEXT_WINDOW,
          // Azure OpenAI: learn.microsoft.com, concepts/content-filter
          "content_filter",
          FailureCause.CONTENT_FILTER,
          "responsibleaipolicyviolation",
          FailureCause.CONTENT_FILTER,
          // OpenAI and Azure OpenAI, images
          "content_policy_violation",
          FailureCause.CONTENT_FILTER,
          "moderation_blocked",
          FailureCause.CONTENT_FILTER,
          // Alibaba Cloud Model Studio: help.aliyun.com/zh/model-studio/error-code
          "data_inspection_failed",
          FailureCause.CONTENT_FILTER,
          "datainspectionfailed",
          FailureCause.CONTENT_FILTER,
          // Mistral, guardrails, with the status 403
          "content_moderation",
          FailureCause.CONTENT_FILTER);

  /** Words for a prompt that is too long, in lower case. */
  private static final List<String> TOO_LONG_WORDS =
      List.of(
          // OpenAI, Azure OpenAI, vLLM, DeepSeek, OpenRouter, Mistral, Bedrock's Llama:
          // "This model's maximum context length is 8192 tokens. However, ..."
          "maximum context length",
          // OpenAI, Responses: "Your input exceeds the context window of this model."
          "exceeds the context window",
          // Anthropic: "prompt is too long: 215000 tokens > 200000 maximum"; Fireworks
          "prompt is too long",
          // Anthropic: "input length and `max_tokens` exceed context limit: 190000 + 20000 > ..."
          "exceed context limit",
          // Gemini: "The input token count (1189800) exceeds the maximum number of tokens allowed"
          "exceeds the maximum number of tokens allowed",
          // Bedrock: "Input is too long for requested model."
          "input is too long",
          // Bedrock's Nova: "Input Tokens Exceeded: Number of input tokens exceeds maximum length"
          "input tokens exceed",
          // Bedrock's Titan: "Too many input tokens. Max input tokens: 8192"
          "too many input tokens",
          // Cohere: "too many tokens: total number of tokens in the prompt cannot exceed 4081"
          "too many tokens: total number of tokens",
          // vLLM: "The decoder prompt (length 5000) is longer than the maximum model length of
          // 4096"
          "longer than the maximum model length",
          // Together: "the prompt is longer than the model's context length"
          "longer than the model's context length",
          // Hugging Face TGI, Together: "`inputs` tokens + `max_new_tokens` must be <= 8193"
          "`inputs` tokens + `max_new_tokens` must be",
          // llama.cpp: "the request exceeds the available context size"
          "exceeds the available context size",
          // Ollama: "the input length exceeds the context length"
          "exceeds the context length",
          "exceeds maximum context length",
          // LM Studio: "the model is loaded with context length of only 4096 tokens"
          "context length of only",
          // Groq, Cerebras: "Please reduce the length of the messages or completion."
          "reduce the length of the messages",
          // xAI: "This model's maximum prompt length is 131072 but the request contains ..."
          "maximum prompt length is",
          // Alibaba Cloud Model Studio: "Range of input length should be [1, 30720]"
          "range of input length should be",
          // Moonshot: "Your request exceeded model token limit: 8192"
          "exceeded model token limit");

  /** Words for content that a filter rejects, in lower case. */
  private static final List<String> FILTERED_WORDS =
      List.of(
          // Azure OpenAI: "The response was filtered due to the prompt triggering Azure OpenAI's
          // content management policy."
          "content management policy",
          // OpenAI: "Your request was rejected as a result of our safety system."
          "rejected as a result of our safety system",
          // OpenAI, Responses: "Invalid prompt: your prompt was flagged as potentially violating
          // our usage policy."
          "violating our usage policy",
          // Anthropic: "Output blocked by content filtering policy"
          "blocked by content filtering policy",
          // xAI, with the status 403: "Content violates usage guidelines."
          "content violates usage guidelines",
          // Bedrock: "This request has been blocked by our content filters."
          "blocked by our content filters",
          // DeepSeek: "Content Exists Risk"
          "content exists risk",
          // Alibaba Cloud Model Studio: "Input data may contain inappropriate content."
          "may contain inappropriate content");

  private RejectedContent() {}

  /**
   * The cause of an error: a more precise one if the request is rejected for its length or its
   * content.
   *
   * @param cause that the status means
   * @param code the error's code or type; empty if it has none
   */
  public static FailureCause of(FailureCause cause, int status, String code, String message) {
    boolean rejects = cause == FailureCause.REFUSED && status != NOT_FOUND;
    if (!rejects && status != FORBIDDEN && status < SERVER_ERROR) {
      return cause;
    }
    FailureCause found = found(code, message);
    // A 403 is about a key elsewhere. Local servers reply 500, and events have no status.
    boolean fits = status != FORBIDDEN || found == FailureCause.CONTENT_FILTER;
    return fits && found != FailureCause.REFUSED ? found : cause;
  }

  /** Describes such a failure for clients of a provider that has no code for it. */
  public static void describe(FailureCause cause, ProviderProblem.Builder problem) {
    problem.type("invalid_request_error");
    if (cause == FailureCause.CONTEXT_WINDOW) {
      problem.code("context_length_exceeded"); // as OpenAI does
    } else if (cause == FailureCause.CONTENT_FILTER) {
      problem.code("content_filter"); // as Azure OpenAI does
    }
  }

  private static FailureCause found(String code, String message) {
    FailureCause named = CODES.get(code.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    String text = Wordings.lowerCase(message);
    if (TOO_LONG_WORDS.stream().anyMatch(text::contains)) {
      return FailureCause.CONTEXT_WINDOW;
    }
    return FILTERED_WORDS.stream().anyMatch(text::contains)
        ? FailureCause.CONTENT_FILTER
        : FailureCause.REFUSED;
  }
}
