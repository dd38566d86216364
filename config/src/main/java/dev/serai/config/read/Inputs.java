package dev.serai.config.read;

import java.util.Map;

/**
 * What {@code ${...}} stands for in a file.
 *
 * @param environment the variables
 * @param secrets reads the secrets that files refer to
 */
public record Inputs(Map<String, String> environment, SecretValues secrets) {}
