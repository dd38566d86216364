/** Providers that are not there: a server that plays cassettes and a proxy that breaks things. */
@NullMarked
package dev.serai.e2e.provider;

import org.jspecify.annotations.NullMarked;
