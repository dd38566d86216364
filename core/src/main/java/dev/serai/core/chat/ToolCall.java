package dev.serai.core.chat;

/**
 * A tool call that a model made.
 *
 * @param arguments JSON text as the model wrote it: it may be invalid; "{}" when there are none
 */
public record ToolCall(String id, String name, String arguments) {}
