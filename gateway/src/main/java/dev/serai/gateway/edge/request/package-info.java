/**
 * The head of a request: decoded, checked, and read for what the edge needs of it; also the ID that
 * the request gets, and the connection that it came on.
 */
@NullMarked
package dev.serai.gateway.edge.request;

import org.jspecify.annotations.NullMarked;
