/**
 * Where AWS's own library is used: to look for credentials. {@link
 * dev.serai.adapters.bedrock.credentials.ChainCredentials} is found as a service.
 */
@NullMarked
package dev.serai.adapters.bedrock.credentials;

import org.jspecify.annotations.NullMarked;
