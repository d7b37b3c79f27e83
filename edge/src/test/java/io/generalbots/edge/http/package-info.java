/** Tests. */
@NullMarked
package io.generalbots.edge.http;

import org.jspecify.annotations.NullMarked;
