/** What the API server does with the schema of our kinds: defaults, and what differs from them. */
@NullMarked
package io.generalbots.operator.schema;

import org.jspecify.annotations.NullMarked;
