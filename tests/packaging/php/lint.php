<?php
/** Parses the files named as arguments, PHP and XML, and runs nothing. */
foreach ( array_slice( $argv, 1 ) as $file ) {
	$text = file_get_contents( $file );
	if ( preg_match( '/\.xml$/', $file ) ) {
		if ( ! simplexml_load_string( $text ) ) {
			fwrite( STDERR, "$file is no XML" );
		}
		continue;
	}
	try {
		token_get_all( $text, TOKEN_PARSE );
	} catch ( ParseError $error ) {
		fwrite( STDERR, "$file: " . $error->getMessage() );
	}
}
