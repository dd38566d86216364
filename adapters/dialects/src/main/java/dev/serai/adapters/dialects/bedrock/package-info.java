/**
 * Amazon Bedrock's Converse and ConverseStream as a provider speaks them (API version 2023-09-30).
 * {@link dev.serai.adapters.dialects.bedrock.BedrockDialect} is the way in.
 */
@NullMarked
package dev.serai.adapters.dialects.bedrock;

import org.jspecify.annotations.NullMarked;
