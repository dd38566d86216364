/**
 * Where AWS's own library is used: to look for credentials. {@link
 * dev.serai.adapters.awssdk.ChainCredentials} is found as a service.
 */
@NullMarked
package dev.serai.adapters.awssdk;

import org.jspecify.annotations.NullMarked;
