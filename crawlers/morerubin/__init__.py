"""more!rubin of more! software: the JSON of api.php, and the HTML of older installations."""
