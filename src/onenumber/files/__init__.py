"""CSV, XLSX and Parquet to rows and findings; exports."""
