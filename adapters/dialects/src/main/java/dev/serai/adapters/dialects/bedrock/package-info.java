/**
 * Amazon Bedrock's Converse and ConverseStream (API version 2023-09-30), to a provider only: {@link
 * dev.serai.adapters.dialects.bedrock.BedrockDialect}. No surface speaks this dialect.
 */
@NullMarked
package dev.serai.adapters.dialects.bedrock;

import org.jspecify.annotations.NullMarked;
